"""Pages over the jobs. No rule of the business lives here."""
