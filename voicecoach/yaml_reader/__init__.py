"""From the text of a YAML file to typed values, with every problem noted at its line. Pure."""
