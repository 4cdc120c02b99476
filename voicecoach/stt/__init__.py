"""Speech to text: recognisers, and the verifier that looks at their results again."""
