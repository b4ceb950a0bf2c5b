import Kernels
import Statistics

/// How alike the strategies are, and so how many independent ones they are worth.
public struct DependenceFinding: Sendable {
  /// Correlations, their eigenvalues, and what follows from them.
  public let dependence: TrialDependence
  /// The strategies in groups of their like.
  public let clusters: StrategyClusters
  /// The bars over which they were correlated.
  public let bars: Int
  /// Strategies of the sample without variance or with an undefined return.
  public let leftOut: Int

  init(_ evidence: Evidence, seed: UInt64, threads: Int) throws(StatisticsError) {
    let correlations = CorrelationMatrix(evidence.returns, among: evidence.eligible, threads: threads)
    // Eigenvalues are one call of LAPACK, and centres are drawn one after the other.
    let (dependence, clusters) = Workers.both(threads: threads) {
      Result { () throws(StatisticsError) in try TrialDependence(correlations, trials: evidence.alternatives)
      }
    } _: {
      StrategyClusters(correlations, seed: seed, threads: Workers.halves(of: threads).second)
    }
    self.dependence = try dependence.get()
    self.clusters = clusters
    bars = evidence.returns.bars
    leftOut = correlations.leftOut
  }

  /// What the two kinds of figures answer.
  static let remark =
    "the average correlation says how far strategies rise and fall together, and that of mirrored ones cancels; squares, "
    + "eigenvalues and clusters say how many directions there are, and a mirrored strategy is no new one"

  /// Below this mean silhouette the groups are no structure to speak of: noise without any is put in two groups, too.
  ///
  /// Reference: Kaufman & Rousseeuw 1990, "Finding groups in data", chapter 2.
  public static let leastSilhouette = 0.25

  /// Whether the strategies fall into groups that differ.
  public var hasClusters: Bool { clusters.meanSilhouette > Self.leastSilhouette }
}
