"""Networks of actors and issues for programs that draw and measure them."""
