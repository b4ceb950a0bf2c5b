import Backtesting
import Glibc
import TestSupport
import Testing

@testable import Pipeline

/// Files of returns that are read as bars.
@Suite struct CloseLevelTests {
  private static func note(_ close: [Double]) -> DataNote? {
    let ones = close.map { _ in 1.0 }
    return CloseLevel.note(
      Market(
        name: "m", timestamps: close.indices.map { Int64($0) * 86_400_000_000 }, open: close, high: close,
        low: close, close: close, volume: ones))
  }

  @Test(arguments: [60, 200, 1_000]) func returnsAreTold(bars: Int) {
    var random = SeededGenerator(seed: UInt64(bars))
    let returns = (0..<bars).map { _ in 0.02 * random.normal() }
    for close in [returns.map { 1 + $0 }, returns.map { 100 * (1 + $0) }, returns.map { abs($0) + 1e-6 }] {
      #expect(Self.note(close)?.text.contains("give them to fluke stats") == true)
    }
  }

  /// Prices, also those that are drawn back, and those of what is pegged.
  @Test(arguments: [50, 60, 1_000]) func pricesAreNot(bars: Int) {
    for seed: UInt64 in 0..<50 {
      var random = SeededGenerator(seed: seed)
      let returns = (0..<bars).map { _ in random.normal() }
      var level = 0.0
      let walk = returns.map { change -> Double in
        level += 0.02 * change
        return exp(level)
      }
      level = 0
      let drawnBack = returns.map { change -> Double in
        level = 0.7 * level + 0.01 * change
        return exp(level)
      }
      for close in [walk, drawnBack, returns.map { 1 + 2e-4 * $0 }] { #expect(Self.note(close) == nil) }
    }
  }
}
