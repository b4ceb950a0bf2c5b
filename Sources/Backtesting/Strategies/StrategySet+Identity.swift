import Kernels

extension StrategySet {
  /// A number for each strategy of `range` that is a function of what the strategy is, and not of which others there are:
  /// in a larger grid it has the same one. By it a sample can be taken that others do not move.
  ///
  /// Strategies of a grid and given weights are known by their parameters, signals by their names, and strategies that are
  /// drawn by their numbers.
  public func forEachIdentity(in range: Range<Int>, _ body: (_ index: Int, _ identity: UInt64) -> Void) {
    switch columns {
    case .grid(let grid):
      grid.forEachChoice(in: range) { body($0, Self.mixed($1)) }
    case .linear(let linear, let common):
      for index in range {
        guard case .given(let weights) = linear.weights else {
          body(index, Self.mixed([Double(index)]))
          continue
        }
        let threshold = linear.threshold(of: index, common: common)
        body(index, Self.mixed(weights[index] + [threshold.entry, threshold.exit]))
      }
    case .coinFlips, .signals:
      for index in range {
        let name = givenNames.isEmpty ? [Double(index)] : givenNames[index].utf8.map { Double($0) }
        body(index, Self.mixed(name))
      }
    }
  }

  /// The bits of some numbers, mixed so that each of them moves every bit (the finaliser of SplitMix64: Steele, Lea &
  /// Flood 2014).
  private static func mixed(_ values: [Double]) -> UInt64 {
    var state: UInt64 = 0
    for value in values {
      // 0 and -0 are one number.
      state = (state ^ (value + 0).bitPattern) &+ 0x9E37_79B9_7F4A_7C15
      state = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
      state = (state ^ state >> 27) &* 0x94D0_49BB_1331_11EB
      state ^= state >> 31
    }
    return state
  }
}
