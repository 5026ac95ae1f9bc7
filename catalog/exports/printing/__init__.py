"""What is printed: an insurance report, labels for flips, labels for boxes. All PDF, all in the letters
of the site, all text measured before it is set, so that nothing runs over an edge."""
