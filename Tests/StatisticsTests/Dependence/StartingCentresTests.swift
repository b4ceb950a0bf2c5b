import Glibc
import Kernels
import TestSupport
import Testing

@testable import Statistics

@Suite struct StartingCentresTests {
  /// Exact: the same sums in the same order, whether a running sum is kept or taken anew for each draw.
  @Test(arguments: DependenceFigures.matrices, [2, 3, 7, 20])
  func centresAreThoseOfTheDefinition(name: String, count: Int) throws {
    let matrix = CorrelationMatrix(try DependenceFigures.matrix(name), threads: 1)
    let distances = StrategyDistances(matrix, rows: Array(0..<matrix.count))
    var random = RandomStream(seed: 3, purpose: .clustering)
    var same = random
    var drawing = StartingCentres(distances)
    for _ in 0..<20 {
      #expect(drawing.draw(count, from: &random) == Self.centres(distances, count, &same))
    }
    #expect(random.next() == same.next())
  }

  /// Seven points, each three times over.
  private static func copies() throws -> StrategyDistances {
    let columns = (0..<21).map { column in (0..<64).map { Double(($0 * (column / 3 + 2)) % 61) } }
    let matrix = CorrelationMatrix(try DependenceFigures.matrix(columns: columns), threads: 1)
    return StrategyDistances(matrix, rows: Array(0..<matrix.count))
  }

  /// They have no eighth centre.
  @Test func copiesAreNoFurtherCentres() throws {
    let distances = try Self.copies()
    var random = RandomStream(seed: 1, purpose: .clustering)
    var drawing = StartingCentres(distances)
    let centres = try #require(drawing.draw(7, from: &random))
    #expect(Set(centres.map { $0 / 3 }) == Set(0..<7))
    #expect(drawing.draw(8, from: &random) == nil)
    #expect(Partition(distances, clusters: 8, random: &random) == nil)
  }

  @Test(arguments: DependenceFigures.matrices, [2, 3, 8])
  func clustersDoNotDependOnThreads(name: String, threads: Int) throws {
    let matrix = CorrelationMatrix(try DependenceFigures.matrix(name), threads: 1)
    let alone = StrategyClusters(matrix, seed: 5, threads: 1)
    #expect(StrategyClusters(matrix, seed: 5, threads: threads) == alone)
  }

  /// Exact: one run after the other, as many as there are distinct points for.
  @Test(arguments: DependenceFigures.matrices + ["copies"], [1, 2, 5])
  func bestRunIsThatOfRunsInOrder(name: String, threads: Int) throws {
    let distances: StrategyDistances
    if name == "copies" {
      distances = try Self.copies()
    } else {
      let matrix = CorrelationMatrix(try DependenceFigures.matrix(name), threads: 1)
      distances = StrategyDistances(matrix, rows: Array(0..<matrix.count))
    }
    var random = RandomStream(seed: 5, purpose: .clustering)
    var same = random
    let found = OptimalClusters.base(distances, runs: 3, random: &random, threads: threads)
    #expect(found?.partition == Self.bestRun(distances, runs: 3, &same))
    #expect(random.next() == same.next())
  }

  private static func bestRun(
    _ distances: StrategyDistances, runs: Int, _ random: inout RandomStream
  ) -> Partition? {
    var drawing = StartingCentres(distances)
    var best: (partition: Partition, quality: Double)?
    for clusters in 2...max(distances.count / 2, 2) {
      for _ in 0..<runs {
        guard let centres = drawing.draw(clusters, from: &random) else { break }
        var memory = ClusterSums(points: distances.count)
        let partition = Partition(distances, centres: centres, in: &memory)
        let quality = OptimalClusters.quality(partition.silhouettes(distances), points: distances.count)
        if quality > best?.quality ?? 0 { best = (partition, quality) }
      }
    }
    return best?.partition
  }

  /// Greedy k-means++ as it is written down.
  private static func centres(
    _ distances: StrategyDistances, _ count: Int, _ random: inout RandomStream
  ) -> [Int]? {
    let points = 0..<distances.count
    var centres = [random.integer(below: points.count)]
    while centres.count < count {
      let nearest = nearest(distances, centres)
      let total = added(nearest)
      guard total > 0 else { return nil }
      var best: (centre: Int, sum: Double)?
      for _ in 0..<2 + Int(log(Double(count))) {
        let target = random.uniform() * total
        var sum = 0.0
        let passed = points.first {
          sum += nearest[$0]
          return sum > target
        }
        guard let candidate = passed ?? points.last(where: { nearest[$0] > 0 }) else { return nil }
        let left = added(Self.nearest(distances, centres + [candidate]))
        if left < best?.sum ?? .infinity { best = (candidate, left) }
      }
      guard let best else { return nil }
      centres.append(best.centre)
    }
    return centres
  }

  private static func nearest(_ distances: StrategyDistances, _ centres: [Int]) -> [Double] {
    (0..<distances.count).map { point in centres.map { distances.squares[$0, point] }.min()! }
  }

  /// The sum in eight lanes.
  private static func added(_ values: [Double]) -> Double {
    var sums = SIMD8<Double>()
    for (point, value) in values.enumerated() { sums[point % 8] += value }
    return sums.sum()
  }
}
