/// How near two figures have to be, and why.
public enum Tolerance: Sendable {
  /// Bit for bit, with NaN equal to NaN.
  case exact
  /// At most this far apart: a bound that follows from the roundings made, not from what was seen.
  case rounding(absolute: Double)
  /// As many decimals as the source prints.
  case published(decimals: Int)
  /// At most this far apart, which fails by chance at the level stated where it is used; seeds are fixed.
  case statistical(absolute: Double)

  /// Whether `found` is near enough to `expected`.
  public func accepts(_ found: Double, _ expected: Double) -> Bool {
    if found.isNaN || expected.isNaN { return found.isNaN && expected.isNaN }
    switch self {
    case .exact: return found == expected
    case .rounding(let bound), .statistical(let bound):
      return found == expected || abs(found - expected) <= bound
    case .published(let decimals):
      var unit = 1.0
      for _ in 0..<decimals { unit /= 10 }
      return abs(found - expected) <= unit / 2 * (1 + 1e-9)
    }
  }
}

/// What half a unit in the last place is worth, relative to 1.
public enum UnitRoundoff {
  public static let single = 0x1p-24
  public static let double = 0x1p-53
}
