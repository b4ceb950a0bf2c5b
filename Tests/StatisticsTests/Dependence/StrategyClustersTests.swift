import Kernels
import TestSupport
import Testing

@testable import Statistics

@Suite struct StrategyClustersTests {
  private static func correlations(_ columns: [[Double]]) throws -> CorrelationMatrix {
    CorrelationMatrix(try DependenceFigures.matrix(columns: columns), threads: 1)
  }

  /// Rounding: that of the correlations, magnified where the root of 1 - ρ is taken near 0, by less than 1,000.
  @Test(arguments: DependenceFigures.matrices)
  func silhouettesAgreeWithScikitLearn(name: String) throws {
    let matrix = CorrelationMatrix(try DependenceFigures.matrix(name), threads: 1)
    let distances = StrategyDistances(matrix, rows: Array(0..<matrix.count))
    let labels = try DependenceFigures.values(name, "labels").map { Int($0) }
    let partition = Partition(labels: labels, clusters: labels.max()! + 1)
    let tolerance = Tolerance.rounding(absolute: 4_000 * Double(matrix.bars + 8) * UnitRoundoff.double)
    let expected = try DependenceFigures.values(name, "silhouettes")
    let found = partition.silhouettes(distances)
    #expect(found.count == expected.count)
    #expect(zip(found, expected).allSatisfy { tolerance.accepts($0, $1) })
    let quality = try DependenceFigures.values(name, "quality")[0]
    #expect(relativeError(OptimalClusters.quality(found, points: matrix.count), quality) < 1e-9)
  }

  /// Statistical: the best of as many runs finds the same minimum, or one within one per cent of it.
  @Test(arguments: DependenceFigures.matrices, [2, 5, 9])
  func meansAreAsGoodAsScikitLearns(name: String, clusters: Int) throws {
    let matrix = CorrelationMatrix(try DependenceFigures.matrix(name), threads: 1)
    let distances = StrategyDistances(matrix, rows: Array(0..<matrix.count))
    var random = RandomStream(seed: 1, purpose: .clustering)
    let best = try (0..<30).map { _ in
      let partition = try #require(Partition(distances, clusters: clusters, random: &random))
      return Self.squaresWithin(partition, distances)
    }.min()!
    let expected = try DependenceFigures.values(name, "squares within \(clusters)")[0]
    #expect(best < expected * 1.01)
  }

  /// The squared distances of points to the means of their clusters, by those of pairs.
  private static func squaresWithin(_ partition: Partition, _ distances: StrategyDistances) -> Double {
    partition.members.reduce(0) { sum, members in
      let pairs = members.reduce(0) { sum, left in
        sum + members.reduce(0) { $0 + distances.squares[left, $1] }
      }
      return sum + pairs / (2 * Double(members.count))
    }
  }

  /// The base step chooses among all numbers of clusters, in ten runs each where the fixture made thirty.
  @Test(arguments: ["averages", "blocks"])
  func theBestPartitionIsScikitLearns(name: String) throws {
    let matrix = CorrelationMatrix(try DependenceFigures.matrix(name), threads: 1)
    let distances = StrategyDistances(matrix, rows: Array(0..<matrix.count))
    var random = RandomStream(seed: 1, purpose: .clustering)
    let found = try #require(OptimalClusters.base(distances, random: &random))
    let labels = try DependenceFigures.values(name, "labels").map { Int($0) }
    let expected = Partition(labels: labels, clusters: labels.max()! + 1)
    #expect(Set(found.partition.members) == Set(expected.members))
  }

  @Test(arguments: [1, 2, 3])
  func plantedBlocksAreRecovered(seed: UInt64) throws {
    let returns = try DependenceFigures.matrix("blocks")
    let clusters = StrategyClusters(CorrelationMatrix(returns, threads: 1), seed: seed)
    let planted = Dictionary(grouping: 0..<40, by: DependenceFigures.blockOf).values
    #expect(Set(clusters.clusters.map(\.strategies)) == Set(planted))
    #expect(clusters.trials == 5 && clusters.meanSilhouette > 0.25)
    #expect(clusters.clusters.map { $0.strategies[0] } == clusters.clusters.map { $0.strategies[0] }.sorted())
  }

  @Test func permutedColumnsPermuteTheClusters() throws {
    let returns = try DependenceFigures.matrix("blocks")
    var generator = SeededGenerator(seed: 5)
    let order = Array(0..<40).shuffled(using: &generator)
    let clusters = StrategyClusters(try Self.correlations(order.map(returns.column)), seed: 1)
    let members = clusters.clusters.map { $0.strategies.map { order[$0] }.sorted() }
    #expect(Set(members) == Set(Dictionary(grouping: 0..<40, by: DependenceFigures.blockOf).values))
  }

  /// With one run for every number of clusters the base step misses groups now and then.
  @Test(arguments: [2, 4, 12, 16, 23])
  func doingItAgainNeverMakesItWorse(seed: UInt64) throws {
    let (base, whole) = try Self.steps(seed: seed)
    #expect(whole.meanQuality >= base.meanQuality && whole.quality >= base.quality)
    #expect(Set(whole.partition.labels) == Set(0..<whole.partition.clusters))
  }

  @Test(arguments: [4, 23])
  func doingItAgainFindsWhatWasMissed(seed: UInt64) throws {
    let (base, whole) = try Self.steps(seed: seed)
    let planted = Set((0..<10).map { Array(4 * $0..<4 * $0 + 4) })
    #expect(Set(base.partition.members) != planted)
    #expect(Set(whole.partition.members) == planted)
  }

  /// The base step alone, and both.
  private static func steps(seed: UInt64) throws -> (base: OptimalClusters, whole: OptimalClusters) {
    let matrix = try correlations(graded(seed: seed))
    let rows = Array(0..<matrix.count)
    var random = RandomStream(seed: seed, purpose: .clustering)
    var same = random
    let distances = StrategyDistances(matrix, rows: rows)
    return (
      try #require(OptimalClusters.base(distances, runs: 1, random: &random)),
      try #require(OptimalClusters.search(matrix, rows: rows, runs: 1, random: &same))
    )
  }

  /// Ten groups of four strategies, each group noisier than the one before.
  private static func graded(seed: UInt64) -> [[Double]] {
    var generator = SeededGenerator(seed: seed)
    func series() -> [Double] { (0..<200).map { _ in generator.normal() } }
    return (1...10).flatMap { group in
      let factor = series()
      return (0..<4).map { _ in zip(factor, series()).map { $0 + $1 * (0.4 + 0.06 * Double(group)) } }
    }
  }

  @Test(arguments: [1, 2, 3, 4, 9])
  func copiesAreOneClusterAndTwoGroupsOfThemTwo(size: Int) throws {
    let (left, right) = (Self.walsh(1), Self.walsh(2))
    let one = StrategyClusters(try Self.correlations(Array(repeating: left, count: size)), seed: 1)
    #expect(one.clusters.map(\.strategies) == [Array(0..<size)])
    let columns = (0..<2 * size).map { $0 % 2 == 0 ? left : right }
    let two = StrategyClusters(try Self.correlations(columns), seed: 1)
    #expect(two.clusters.map(\.strategies) == (0..<2).map { first in (0..<size).map { 2 * $0 + first } })
  }

  /// Points that are equally far apart have silhouettes of 0 whatever the partition.
  @Test(arguments: [0, 1, 2, 3, 10, 31])
  func uncorrelatedStrategiesStandAlone(count: Int) throws {
    let columns = (0..<count).map { Self.walsh($0 + 1) }
    let clusters = StrategyClusters(try Self.correlations(columns), seed: 1)
    #expect(clusters.clusters.map(\.strategies) == (0..<count).map { [$0] })
    #expect(clusters.meanSilhouette.isNaN && clusters.silhouettes.isEmpty)
  }

  private static func walsh(_ number: Int) -> [Double] {
    (0..<64).map { ($0 & number).nonzeroBitCount % 2 == 0 ? 0.012 : -0.01 }
  }

  /// Rounding: a sum of up to n·M terms against sums of n.
  @Test(arguments: DependenceFigures.matrices)
  func sharpeOfAClusterIsThatOfItsSeries(name: String) throws {
    let returns = try DependenceFigures.matrix(name)
    let clusters = StrategyClusters(CorrelationMatrix(returns, threads: 1), seed: 1)
    for cluster in clusters.clusters {
      let columns = cluster.strategies.map(returns.column)
      let weights = columns.map { 1 / ReturnMoments($0).variance }
      let series = (0..<returns.bars).map { bar in
        zip(columns, weights).reduce(0) { $0 + $1.0[bar] * $1.1 } / weights.reduce(0, +)
      }
      let bound = 16 * Double(returns.bars + 8) * UnitRoundoff.double
      let expected = ReturnMoments(series).sharpePerBar
      #expect(Tolerance.rounding(absolute: bound).accepts(cluster.sharpePerBar, expected))
    }
    let sharpes = clusters.clusters.map(\.sharpePerBar)
    #expect(clusters.varianceAcrossTrials.variance == ReturnMoments(sharpes).variance)
    #expect(clusters.varianceAcrossTrials.undefined == 0)
  }

  @Test func strategiesThatCancelHaveNoSharpe() throws {
    let column = (0..<100).map { Double(($0 * 37) % 101 - 47) / 1_024 }
    let matrix = try Self.correlations([column, column.map { -$0 }])
    #expect(StrategyClusters.sharpePerBar(matrix, rows: [0, 1]).isNaN)
    #expect(!StrategyClusters.sharpePerBar(matrix, rows: [0]).isNaN)
  }

  @Test func ofManyStrategiesASampleIsClustered() throws {
    let matrix = CorrelationMatrix(try DependenceFigures.matrix("blocks"), threads: 1)
    let clusters = StrategyClusters(matrix, seed: 1, maximumStrategies: 20)
    #expect(clusters.strategies == matrix.sample(atMost: 20).strategies)
    #expect(clusters.clusters.flatMap(\.strategies).sorted() == clusters.strategies)
    #expect(clusters.silhouettes.count == 20)
    #expect(clusters == StrategyClusters(matrix, seed: 1, maximumStrategies: 20))
  }
}
