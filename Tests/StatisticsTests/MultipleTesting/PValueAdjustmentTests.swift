import Kernels
import Statistics
import TestSupport
import Testing

@Suite struct PValueAdjustmentTests {
  static let example = [0.005, 0.009, 0.0128, 0.0135, 0.045, 0.06]

  /// Published: STATISTICS.md, H, with as many digits as it prints.
  @Test(arguments: [
    (PValueAdjustment.bonferroni, [0.03, 0.054, 0.0768, 0.081, 0.27, 0.36]),
    (.holm, [0.03, 0.045, 0.0512, 0.0512, 0.09, 0.09]),
    (.harveyLiu, [0.0496, 0.0496, 0.0496, 0.0496, 0.06, 0.06]),
    (.benjaminiYekutieli, [0.0496, 0.0496, 0.0496, 0.0496, 0.1323, 0.147]),
  ])
  func publishedExample(adjustment: PValueAdjustment, expected: [Double]) throws {
    for (found, figure) in zip(try adjustment.adjust(Self.example), expected) {
      #expect(Tolerance.published(decimals: 4).accepts(found, figure))
    }
  }

  /// Rounding: a few operations each; the harmonic number is a sum of positive terms.
  @Test(
    arguments: StatisticsFigures.matrices,
    [
      (PValueAdjustment.bonferroni, "bonferroni"), (.sidak, "sidak"), (.holm, "holm"),
      (.benjaminiHochberg, "fdr_bh"), (.benjaminiYekutieli, "fdr_by"),
    ])
  func agreesWithStatsmodels(name: String, method: (PValueAdjustment, String)) throws {
    let figures = try StatisticsFigures.values("adjustment", name)
    let pValues = try #require(figures["p"])
    let expected = try #require(figures[method.1])
    let found = try method.0.adjust(pValues)
    #expect(found.count == expected.count && found.count > 10)
    for (value, figure) in zip(found, expected) {
      // statsmodels takes 1 - (1-p)^M for Šidák, which is good to some units of 1 only.
      #expect(abs(value - figure) <= 64 * UnitRoundoff.double)
    }
  }

  static let random: [[Double]] = (0..<20).map { (seed: UInt64) in
    var stream = RandomStream(seed: seed, purpose: .trial)
    return (0..<40).map { _ in Double(stream.integer(below: 100)) / 99 * stream.uniform() * stream.uniform() }
  }

  @Test(arguments: PValueAdjustment.allCases)
  func keepsTheOrderNeverLowersAndIgnoresPositions(adjustment: PValueAdjustment) throws {
    for pValues in Self.random {
      let adjusted = try adjustment.adjust(pValues)
      for (value, pValue) in zip(adjusted, pValues) { #expect(value >= pValue * (1 - 1e-15) && value <= 1) }
      let order = pValues.indices.sorted { pValues[$0] < pValues[$1] }
      for (lower, higher) in zip(order, order.dropFirst()) { #expect(adjusted[lower] <= adjusted[higher]) }
      #expect(try adjustment.adjust(order.map { pValues[$0] }) == order.map { adjusted[$0] })
    }
  }

  @Test(arguments: PValueAdjustment.allCases)
  func moreTestsNeverHelp(adjustment: PValueAdjustment) throws {
    for pValues in Self.random {
      var previous = try adjustment.adjust(pValues)
      for tests in [41, 80, 1_000_000] {
        let next = try adjustment.adjust(pValues, tests: tests)
        #expect(zip(previous, next).allSatisfy { $0 <= $1 })
        previous = next
      }
    }
  }

  /// Holm lies between the p-values and Bonferroni; Benjamini–Hochberg below Holm; Harvey–Liu below
  /// Benjamini–Yekutieli.
  @Test func procedures() throws {
    for pValues in Self.random {
      func adjusted(_ adjustment: PValueAdjustment) throws -> [Double] { try adjustment.adjust(pValues) }
      func isBelow(_ lower: [Double], _ upper: [Double]) -> Bool {
        zip(lower, upper).allSatisfy { $0 <= $1 * (1 + 1e-15) }
      }
      #expect(isBelow(try adjusted(.holm), try adjusted(.bonferroni)))
      #expect(isBelow(try adjusted(.sidak), try adjusted(.bonferroni)))
      #expect(isBelow(try adjusted(.benjaminiHochberg), try adjusted(.holm)))
      #expect(isBelow(try adjusted(.benjaminiHochberg), try adjusted(.benjaminiYekutieli)))
      #expect(isBelow(try adjusted(.harveyLiu), try adjusted(.benjaminiYekutieli)))
    }
  }

  @Test(arguments: PValueAdjustment.allCases)
  func undefinedCountsAsATestAndStaysUndefined(adjustment: PValueAdjustment) throws {
    let found = try adjustment.adjust([0.01, .nan, 0.002, .nan])
    #expect(found[1].isNaN && found[3].isNaN)
    let known = try adjustment.adjust([0.01, 0.002], tests: 4)
    #expect(found[0] == known[0] && found[2] == known[1])
    let ones = try adjustment.adjust([0.01, 1, 0.002, 1])
    #expect(found[0] == ones[0] && found[2] == ones[2])
    #expect(try adjustment.adjust([]) == [])
    #expect(try adjustment.adjust([0.3]) == [0.3] || adjustment == .sidak)
    #expect(try adjustment.adjust([0, 1]) == [0, 1])
  }

  @Test(arguments: PValueAdjustment.allCases)
  func refusesWhatIsNoPValue(adjustment: PValueAdjustment) {
    #expect(throws: StatisticsError.notAProbability(index: 1, value: 1.5)) {
      try adjustment.adjust([0.5, 1.5])
    }
    #expect(throws: StatisticsError.fewerTestsThanPValues(tests: 1, pValues: 2)) {
      try adjustment.adjust([0.5, 0.5], tests: 1)
    }
  }
}
