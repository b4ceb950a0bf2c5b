import Statistics
import Testing

@Suite struct CountDistributionTests {
  @Test(arguments: LuckFigures.binomialSurvival.indices)
  func binomialSurvivalAgreesWithSciPy(index: Int) {
    let figure = LuckFigures.binomialSurvival[index]
    let distribution = BinomialDistribution(trials: figure.trades, probability: figure.probability)
    #expect(relativeError(distribution.survival(figure.successes), figure.survival) < 5e-12)
  }

  @Test(arguments: [1, 2, 7, 30], [0, 1e-20, 0.1, 0.5, 0.77, 1])
  func binomialTailsAreSumsOfTheMass(trials: Int, probability: Double) {
    let distribution = BinomialDistribution(trials: trials, probability: probability)
    var sum = 0.0
    for x in 0...trials {
      sum += distribution.mass(x)
      #expect(relativeError(distribution.cumulative(x), sum) < 1e-13)
      let above = x < trials ? (x + 1...trials).reduce(0) { $0 + distribution.mass($1) } : 0
      #expect(relativeError(distribution.survival(x), above) < 1e-13)
    }
    #expect(abs(sum - 1) < 1e-14)
    expectVariance(of: distribution)
    #expect(distribution.mass(-1) == 0 && distribution.mass(trials + 1) == 0)
    #expect(distribution.cumulative(-1) == 0 && distribution.survival(-1) == 1)
    #expect(distribution.cumulative(trials) == 1 && distribution.survival(trials) == 0)
  }

  /// Rounding: the logarithm is down to -35, so its own last place is 7·10⁻¹⁵ of the mass.
  @Test func binomialMassAgreesWithCountsOfFairCoins() {
    // C(n, k)/2ⁿ in integers.
    var row = [1.0]
    for trials in 1...50 {
      row = zip([0] + row, row + [0]).map(+)
      let distribution = BinomialDistribution(trials: trials, probability: 0.5)
      for x in 0...trials {
        let exact = row[x] * Double(sign: .plus, exponent: -trials, significand: 1)
        #expect(relativeError(distribution.mass(x), exact) < 3e-14)
      }
    }
  }

  @Test(arguments: [(20, 11, 10), (20, 11, 20), (20, 0, 5), (20, 20, 5), (9, 4, 0), (50, 3, 25)])
  func hypergeometricMassCountsDraws(population: Int, marked: Int, draws: Int) {
    let distribution = HypergeometricDistribution(population: population, marked: marked, draws: draws)
    func choose(_ n: Int, _ k: Int) -> Double {
      k < 0 || k > n ? 0 : (0..<k).reduce(1.0) { $0 * Double(n - $1) / Double($1 + 1) }
    }
    var cumulative = 0.0
    for x in 0...draws {
      let exact =
        choose(marked, x) * choose(population - marked, draws - x) / choose(population, draws)
      cumulative += exact
      #expect(relativeError(distribution.mass(x), exact) < 1e-13)
      #expect(abs(distribution.cumulative(x) - cumulative) < 1e-13)
      #expect(abs(distribution.survival(x) - (1 - cumulative)) < 1e-13)
    }
    #expect(distribution.largest == min(draws, marked))
    expectVariance(of: distribution)
  }

  private func expectVariance(of distribution: some CountDistribution) {
    let variance = (0...distribution.largest).reduce(0) {
      let distance = Double($1) - distribution.mean
      return $0 + distance * distance * distribution.mass($1)
    }
    #expect(abs(distribution.variance - variance) <= 1e-13 * distribution.variance + 1e-26)
  }
}
