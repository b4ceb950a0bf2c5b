import Kernels

/// Entry and exit of a score.
public struct Threshold: Equatable, Sendable {
  /// A position is entered above this score.
  public let entry: Double
  /// A position is left below this score.
  public let exit: Double

  public init(entry: Double, exit: Double) {
    self.entry = entry
    self.exit = exit
  }
}

/// Weights over a set of features, random or given.
public struct LinearColumns: Sendable {
  /// Where the weights come from.
  public enum Weights: Sendable {
    /// Uniform on ±√(3/K) for K features, so that the score has a deviation near one when the features have. Weight k
    /// of a strategy is a function of (seed, strategy, k).
    case random(seed: UInt64, count: Int)
    /// For each strategy its weights, in the order of the features.
    case given([[Double]])
  }

  /// What is weighed.
  public let features: [Feature]
  /// Where the weights come from.
  public let weights: Weights
  /// For each strategy its own thresholds; empty where all have the same.
  public let thresholds: [Threshold]

  public init(features: [Feature], weights: Weights, thresholds: [Threshold] = []) {
    self.features = features
    self.weights = weights
    self.thresholds = thresholds
  }

  /// The number of strategies.
  public var count: Int {
    switch weights {
    case .random(_, let count): count
    case .given(let columns): columns.count
    }
  }

  /// Calls `body` with the index and the weight of every feature of strategy `index`.
  func forEachWeight(of index: Int, _ body: (Int, Double) -> Void) {
    switch weights {
    case .given(let columns):
      for (feature, weight) in columns[index].enumerated() { body(feature, weight) }
    case .random(let seed, _):
      let key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
      for first in stride(from: 0, to: features.count, by: 4) {
        let words = Philox.words(
          counter: SIMD4(
            UInt32(first / 4), UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index >> 32),
            RandomStream.Purpose.weights.rawValue),
          key: key)
        for word in 0..<min(4, features.count - first) {
          body(first + word, StrategyBlock.randomWeight(words[word], scale: scale))
        }
      }
    }
  }

  /// The threshold of strategy `index`: its own, or else the one that all have in common.
  func threshold(of index: Int, common: Threshold) -> Threshold {
    thresholds.isEmpty ? common : thresholds[index]
  }

  /// Adds the strategies with these numbers, all that `block` holds, and their weights.
  func append(
    _ numbers: Range<Int>, under common: Threshold, rule: (Threshold) -> PositionRule,
    to block: inout StrategyBlock
  ) {
    for index in numbers {
      block.append(rule(threshold(of: index, common: common)))
      if case .given = weights { forEachWeight(of: index) { block.weigh(feature: $0, by: $1) } }
    }
    if case .random(let seed, _) = weights {
      block.weighAtRandom(features: features.count, seed: seed, scale: scale)
    }
  }

  /// What a random word, a whole number up to 2³¹ either way, is multiplied by.
  private var scale: Double { (3 / Double(features.count)).squareRoot() * 0x1p-31 }
}
