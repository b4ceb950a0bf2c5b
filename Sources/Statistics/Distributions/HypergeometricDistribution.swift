import Glibc

/// The number of marked items among `draws` that are taken from a population without putting any back.
///
/// For populations up to 10⁶ every probability is sharp to about 10⁻¹² relative.
public struct HypergeometricDistribution: CountDistribution, Equatable {
  /// How many items there are.
  public let population: Int
  /// How many of them are marked.
  public let marked: Int
  /// How many are drawn.
  public let draws: Int

  /// - Precondition: `marked` and `draws` are between 0 and `population`.
  public init(population: Int, marked: Int, draws: Int) {
    precondition(marked >= 0 && marked <= population, "the marked items are a part of the population")
    precondition(draws >= 0 && draws <= population, "the draws are a part of the population")
    self.population = population
    self.marked = marked
    self.draws = draws
  }

  /// draws · marked / population.
  public var mean: Double {
    population == 0 ? 0 : Double(draws) * (Double(marked) / Double(population))
  }

  /// The variance: with p = marked/population, draws · p · (1 - p) · (population - draws)/(population - 1).
  public var variance: Double {
    guard population > 1 else { return 0 }
    let left = Double(population - draws) / Double(population - 1)
    return mean * (1 - Double(marked) / Double(population)) * left
  }

  /// The most marked ones that can be drawn.
  public var largest: Int { min(draws, marked) }

  /// The logarithm of the probability of exactly `x` marked items among the draws.
  ///
  /// Formula: `b(x; marked, p)·b(draws - x; population - marked, p) / b(draws; population, p)` with the binomial
  /// mass b; it holds for every p, and is the most accurate for p = draws/population.
  ///
  /// Reference: Loader 2000, section on the hypergeometric distribution.
  public func logMass(_ x: Int) -> Double {
    guard x >= 0, x <= largest, draws - x <= population - marked else { return -.infinity }
    guard draws > 0 else { return 0 }
    let p = Double(draws) / Double(population)
    return BinomialDistribution(trials: marked, probability: p).logMass(x)
      + BinomialDistribution(trials: population - marked, probability: p).logMass(draws - x)
      - BinomialDistribution(trials: population, probability: p).logMass(draws)
  }

  public func ratioBelow(_ x: Int) -> Double {
    Double(x) * Double(population - marked - draws + x) / (Double(marked - x + 1) * Double(draws - x + 1))
  }
}
