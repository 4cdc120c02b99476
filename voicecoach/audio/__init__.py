"""Sound as data: clips, WAV files, the mixer, the echo cancellers. No device, no thread."""
