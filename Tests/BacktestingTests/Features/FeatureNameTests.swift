import FoundationEssentials
import Testing

@testable import Backtesting

@Suite struct FeatureNameTests {
  @Test(arguments: Feature.samples)
  func namesReadBack(feature: Feature) throws {
    #expect(Feature(name: feature.name) == feature)
    #expect(!feature.name.contains { ",;\" \n".contains($0) })
    #expect(throws: Never.self) { try feature.check() }
    let json = try JSONEncoder().encode([feature])
    #expect(try JSONDecoder().decode([Feature].self, from: json) == [feature])
  }

  /// Artifacts hold these names, so they may not change.
  @Test func namesAreStable() {
    let defaults = """
      scaled-momentum(1/60) scaled-momentum(2/60) scaled-momentum(5/60) scaled-momentum(10/60) \
      scaled-momentum(20/60) scaled-momentum(60/60) scaled-momentum(120/60) scaled-sma(10/60) \
      scaled-sma(50/60) scaled-sma(200/60) scaled-ema(8/60) scaled-ema(21/60) scaled-ema(100/60) \
      scaled-rsi(2) scaled-rsi(7) scaled-rsi(14) bollinger(20) donchian(20) donchian(55) \
      stochastic(5/1) stochastic(14/3) scaled-macd(12/26/9/60) cci(20) adx(14) directional-balance(14) \
      aroon(25) mfi(14) range-ratio(7/28) volatility-ratio(10/60) volume-ratio(1/20) body(14) \
      close-location(14)
      """
    #expect(Feature.linearDefaults.map(\.name).joined(separator: " ") == defaults)
    let rules: [Feature] = [
      .simpleMovingAverage(period: 20), .exponentialMovingAverage(period: 12), .momentum(period: 10),
      .relativeStrength(period: 14), .macdGap(period: 12, signal: 9),
    ]
    #expect(rules.map(\.name) == ["sma(20)", "ema(12)", "momentum(10)", "rsi(14)", "macd-gap(12/9)"])
  }

  @Test(arguments: [
    "", "sma", "sma()", "sma(", "sma(5", "sma(5))", "sma((5)", "SMA(5)", "sma (5)", "sma( 5)", "sma(+5)",
    "sma(05)", "sma(-5)", "sma(0)", "sma(5.0)", "sma(1/2)", "sma(5/)", "sma(5/x)", "macd-gap(12)",
    "macd-gap(12,9)", "rsi(1)", "sma(105121)", "cci(1001)", "sma(99999999999999999999)",
    "scaled-macd(26/12/9/60)", "nothing(3)",
  ])
  func otherNamesAreRefused(name: String) throws {
    #expect(Feature(name: name) == nil)
    let json = try JSONEncoder().encode([name])
    #expect(throws: DecodingError.self) { try JSONDecoder().decode([Feature].self, from: json) }
  }

  @Test func impossiblePeriodsAreExplained() {
    let tooShort = FeatureError.periodOutOfRange(feature: "rsi(1)", period: 1, allowed: 2...105_120)
    #expect(throws: tooShort) { try Feature.relativeStrength(period: 1).check() }
    #expect(
      tooShort.description
        == "feature rsi(1): period is 1, expected 2 to 105120 bars; choose a period in that range")
    let descending = FeatureError.periodsNotAscending(feature: "volume-ratio(9/9)", fast: 9, slow: 9)
    #expect(throws: descending) { try Feature.volumeRatio(fast: 9, slow: 9).check() }
    #expect(throws: FeatureError.self) { try Feature.simpleMovingAverage(period: .max).check() }
    #expect(throws: FeatureError.self) { try Feature.stochastic(period: 14, smoothing: .min).check() }
  }
}
