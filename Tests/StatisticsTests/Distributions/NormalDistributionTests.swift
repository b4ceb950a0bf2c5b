import Statistics
import Testing

@Suite struct NormalDistributionTests {
  @Test(arguments: LuckFigures.normalCumulative.indices)
  func cumulativeAgreesWithSciPy(index: Int) {
    let figure = LuckFigures.normalCumulative[index]
    #expect(relativeError(NormalDistribution.cumulative(figure.z), figure.cumulative) < 1e-13)
    #expect(NormalDistribution.survival(-figure.z) == NormalDistribution.cumulative(figure.z))
  }

  /// Rounding: near 1 a probability resolves z no better than its own spacing over the density.
  @Test func quantileInvertsTheDistribution() {
    for step in -370...80 {
      let z = Double(step) / 10
      let probability = NormalDistribution.cumulative(z)
      let bound = 4e-15 * (1 + z.magnitude) + probability.ulp / NormalDistribution.density(z)
      #expect(abs(NormalDistribution.quantile(probability) - z) < bound)
      if z < 0 { #expect(abs(NormalDistribution.quantile(upper: probability) + z) < bound) }
    }
  }

  @Test func quantileHasItsEdges() {
    #expect(NormalDistribution.quantile(0) == -.infinity)
    #expect(NormalDistribution.quantile(1) == .infinity)
    #expect(NormalDistribution.quantile(0.5) == 0)
    #expect(NormalDistribution.quantile(-0.1).isNaN)
    #expect(NormalDistribution.quantile(1.1).isNaN)
    #expect(NormalDistribution.quantile(.nan).isNaN)
  }
}
