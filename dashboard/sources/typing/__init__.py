"""Give cells their types: one module for each family, each as SQL over `cells`."""
