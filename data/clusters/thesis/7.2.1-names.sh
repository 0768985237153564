# Section 7.2.1: short names, where section 7.5 has full ones
hostname astapor
