/// How often a market or a sample that was shuffled does as well as the real one: a Monte Carlo permutation test.
///
/// Formula: p = (1 + #{b : θ*_b ≥ θ}) / (n + 1).
///
/// Shapes and units: θ is `observed`, larger being better; negate a statistic of which less is better. `permuted` are
/// θ* of n permutations, each made by the whole procedure that made θ: where θ is the best of a sweep, every
/// permutation's sweep chooses its own best, and p then accounts for the choice.
///
/// Null hypothesis: what was shuffled (bars, signs of returns) is exchangeable, so that θ is one of n + 1 draws of
/// which none stands out; a small p speaks against it. p is at least 1/(n + 1), and under the null hypothesis
/// P(p ≤ k/(n + 1)) = k/(n + 1) for whole k, or less where there are ties. With bars shuffled, p answers whether the
/// order of bars gave the strategy its edge; what it earns by the market's overall change counts for nothing.
///
/// Edge cases: p is NaN where θ is; a θ* that is NaN (no permuted strategy traded, say) has not done as well, as what
/// is undefined comes last in a ranking, and is counted. Without permutations p is 1.
///
/// Errors: none.
///
/// Reference: Masters 2020, "Permutation and randomization tests for trading system development"; Davison & Hinkley
/// 1997, "Bootstrap methods and their application", equation 4.11.
public struct PermutationTest: Equatable, Sendable {
  /// θ, the statistic of what was not shuffled.
  public let observed: Double
  /// n, the number of permutations.
  public let permutations: Int
  /// The permutations whose statistic is at least the observed one.
  public let atLeastAsGood: Int
  /// The permutations whose statistic is undefined.
  public let undefined: Int

  /// The test of `observed` against what each of n permutations gave.
  public init(observed: Double, permuted: [Double]) {
    self.observed = observed
    permutations = permuted.count
    atLeastAsGood = permuted.count { $0 >= observed }
    undefined = permuted.count { $0.isNaN }
  }

  /// The probability that luck does at least as well as was observed.
  public var pValue: Double {
    observed.isNaN ? .nan : Double(1 + atLeastAsGood) / Double(1 + permutations)
  }

  /// The smallest p-value that so many permutations can show.
  public var smallestPValue: Double { 1 / Double(1 + permutations) }
}
