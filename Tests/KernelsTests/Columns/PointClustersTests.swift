import Kernels
import Testing

/// The loops in C against the same loops over single numbers, to the last bit.
@Suite struct PointClustersTests {
  private static func lanes(_ groups: Int, seed: UInt64) -> [SIMD8<Double>] {
    var random = RandomStream(seed: seed, purpose: .resample)
    // Few values, so that many are equal.
    return (0..<groups).map { _ in
      var lanes = SIMD8<Double>()
      for lane in 0..<8 { lanes[lane] = Double(random.integer(below: 9)) / 7 }
      return lanes
    }
  }

  private static func numbers(_ lanes: [SIMD8<Double>]) -> [Double] {
    lanes.flatMap { group in (0..<8).map { group[$0] } }
  }

  /// The numbers of a row, each with its place.
  private static func row(
    _ row: Int, of rows: [SIMD8<Double>], width: Int
  ) -> EnumeratedSequence<[Double]> {
    numbers(Array(rows[row * width..<(row + 1) * width])).enumerated()
  }

  @Test(arguments: [1, 3, 32]) func rowsAreAddedInOrder(width: Int) {
    let labels = (0..<11).map { $0 * 5 % 3 }
    let cells = Self.lanes(labels.count * width, seed: 1)
    var sums = Self.lanes(3 * width, seed: 2)
    var expected = Self.numbers(sums)
    for (point, label) in labels.enumerated() {
      for index in 0..<width * 8 {
        expected[label * width * 8 + index] += Self.numbers(cells)[point * width * 8 + index]
      }
    }
    PointClusters.add(cells, width: width, by: labels, to: &sums)
    #expect(Self.numbers(sums) == expected)
  }

  @Test(arguments: [1, 3, 32]) func theNearestCentreIsKept(width: Int) {
    let rows = Self.lanes(4 * width, seed: 3)
    var shortest = Self.lanes(width, seed: 4)
    var nearest = Array(repeating: SIMD8<Double>(repeating: -1), count: width)
    var expected = (Self.numbers(shortest), Self.numbers(nearest))
    for row in 0..<4 {
      for (index, square) in Self.row(row, of: rows, width: width)
      where square < expected.0[index] {
        expected.0[index] = square
        expected.1[index] = Double(row)
      }
      PointClusters.keepNearest(rows, row: row * width, label: row, shortest: &shortest, nearest: &nearest)
    }
    #expect(Self.numbers(shortest) == expected.0)
    #expect(Self.numbers(nearest) == expected.1)
  }

  @Test(arguments: [1, 3, 32]) func theNearestMeanIsKeptAndOfEqualsOnesOwn(width: Int) {
    let rows = Self.lanes(4 * width, seed: 5)
    let own = Self.lanes(width, seed: 6).map { ($0 * 7 / 3).rounded(.down) }
    var shortest = Array(repeating: SIMD8<Double>(repeating: .infinity), count: width)
    var nearest = own
    var expected = (Self.numbers(shortest), Self.numbers(nearest))
    for row in 0..<4 {
      for (index, sum) in Self.row(row, of: rows, width: width) {
        let square = sum / 3 - 0.125
        let isOwn = Self.numbers(own)[index] == Double(row)
        guard square < expected.0[index] || (square == expected.0[index] && isOwn) else { continue }
        expected.0[index] = square
        expected.1[index] = Double(row)
      }
      PointClusters.keepNearest(
        rows, row: row * width, size: 3, spread: 0.125, label: row, own: own, shortest: &shortest,
        nearest: &nearest)
    }
    #expect(Self.numbers(shortest) == expected.0)
    #expect(Self.numbers(nearest) == expected.1)
  }

  @Test(arguments: [1, 3, 32]) func theShortestMeanOfOthersIsKept(width: Int) {
    let rows = Self.lanes(4 * width, seed: 7)
    let own = Self.lanes(width, seed: 8).map { ($0 * 7 / 3).rounded(.down) }
    var shortest = Array(repeating: SIMD8<Double>(repeating: .infinity), count: width)
    var expected = Self.numbers(shortest)
    for row in 0..<4 {
      for (index, sum) in Self.row(row, of: rows, width: width)
      where Self.numbers(own)[index] != Double(row) {
        expected[index] = min(expected[index], sum / 3)
      }
      PointClusters.keepShortestOther(
        rows, row: row * width, size: 3, label: row, own: own, shortest: &shortest)
    }
    #expect(Self.numbers(shortest) == expected)
  }

  @Test(arguments: [1, 3, 32]) func theSmallerIsSummedAndKept(width: Int) {
    let rows = Self.lanes(2 * width, seed: 9)
    var numbers = Self.lanes(width, seed: 10)
    var sums = SIMD8<Double>()
    var kept: [Double] = []
    for (group, lanes) in numbers.enumerated() {
      for lane in 0..<8 {
        let smaller = min(lanes[lane], rows[width + group][lane])
        sums[lane] += smaller
        kept.append(smaller)
      }
    }
    #expect(PointClusters.sumOfSmaller(numbers, rows, row: width) == sums.sum())
    PointClusters.keepSmaller(&numbers, rows, row: width)
    #expect(Self.numbers(numbers) == kept)
  }
}
