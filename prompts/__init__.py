"""What is said to the model: prose files and one loader."""
