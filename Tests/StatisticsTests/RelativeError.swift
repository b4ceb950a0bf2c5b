/// The distance of `value` from `expected` in units of `expected`; 0 when they are equal, infinite when it is undefined.
func relativeError(_ value: Double, _ expected: Double) -> Double {
  if value == expected { return 0 }
  let error = ((value - expected) / expected).magnitude
  return error.isNaN ? .infinity : error
}
