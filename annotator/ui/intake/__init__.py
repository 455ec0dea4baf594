"""Articles on their way in: seen, corrected and chosen before anything is stored."""
