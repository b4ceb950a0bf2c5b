import Glibc
import Kernels
import Statistics
import TestSupport
import Testing

@Suite struct SharpeDifferenceTests {
  /// NumPy's, by the four moments and their gradient; counts on the same resamples are exact.
  @Test(arguments: BootstrapFigures.matrices) func agreesWithNumPy(name: String) throws {
    let returns = try BootstrapFigures.matrix(name)
    let found = try SharpeDifference(
      returns.column(2), returns.column(name == "bitcoin" ? 21 : 29),
      blockLength: Int(BootstrapFigures.blockLength),
      resamples: BootstrapFigures.resamples(bars: returns.bars))
    func expected(_ key: String) throws -> Double { try SelectionFigures.values("difference", name, key)[0] }
    #expect(relativeError(found.differencePerBar, try expected("difference")) < SelectionFigures.near)
    #expect(relativeError(found.standardErrorPerBar, try expected("error")) < SelectionFigures.near)
    #expect(found.pValue == (try expected("p")))
    let normal = try SharpeDifference.normal(
      returns.column(2), returns.column(name == "bitcoin" ? 21 : 29))
    let statistic = abs(try expected("difference") / expected("error"))
    // erfc by Glibc.
    #expect(relativeError(normal.normalPValue, erfc(statistic / 2.0.squareRoot())) < 1e-8)
    #expect(normal.normalPValue == found.normalPValue && normal.pValue.isNaN)
  }

  /// Statistical, of 300 seeds: 5 % of equal ratios are told apart, within 3.3 standard errors; leverage makes none.
  @Test(.tags(.slow), arguments: [0.0, 0.7]) func keepsItsLevel(correlation: Double) throws {
    var rejected = 0
    for seed in 0..<300 {
      var random = RandomStream(seed: UInt64(seed), purpose: .noise)
      var pair: (one: [Double], other: [Double]) = ([], [])
      for _ in 0..<250 {
        let shared = correlation.squareRoot() * random.normal()
        pair.one.append(0.05 + shared + (1 - correlation).squareRoot() * random.normal())
        pair.other.append(3 * (0.05 + shared + (1 - correlation).squareRoot() * random.normal()))
      }
      let test = try SharpeDifference(pair.one, pair.other, blockLength: 1, resamples: 199)
      if test.pValue <= 0.05 { rejected += 1 }
    }
    let error = 3.3 * (0.05 * 0.95 / 300).squareRoot()
    #expect(Tolerance.statistical(absolute: error).accepts(Double(rejected) / 300, 0.05))
  }

  @Test func edges() throws {
    let some = try BootstrapFigures.matrix("tailed").column(0)
    let equal = try SharpeDifference(some, some)
    let flatNormal = try SharpeDifference.normal(some, some.map { _ in 0 }).normalPValue
    #expect(equal.differencePerBar == 0 && equal.pValue == 1)
    #expect(equal.normalPValue == 1 && flatNormal.isNaN)
    let flat = try SharpeDifference(some, some.map { _ in 0 }, resamples: 9)
    #expect(flat.differencePerBar.isNaN && flat.pValue.isNaN)
    #expect(throws: StatisticsError.otherBars("the other strategy", found: 519, needed: 520)) {
      try SharpeDifference(some, Array(some.dropLast()))
    }
    // By much: no resample comes near.
    let better = try SharpeDifference(some.map { $0 + 0.05 }, some, resamples: 99)
    #expect(better.differencePerBar > 0 && better.pValue == 0.01)
  }
}
