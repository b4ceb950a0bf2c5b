import Kernels
import Testing

@Suite struct ResampleRowsTests {
  private static let values: [Double] = [9, 9, 1, -2, 3, 4, 5, 9]

  @Test func raisesToDifferences() {
    var maxima = Array(repeating: -Double.infinity, count: 5)
    ResampleRows.raise(
      &maxima, to: Self.values, 2..<7, less: [0, 2, 2, 2, 2, 2], 1..<6, scale: 2, magnitude: false)
    #expect(maxima == [-2, -8, 2, 4, 6])
    ResampleRows.raise(
      &maxima, to: Self.values, 2..<7, less: [0, 2, 2, 2, 2, 2], 1..<6, scale: 1, magnitude: true)
    #expect(maxima == [1, 4, 2, 4, 6])
  }

  @Test(arguments: 0...9)
  func sumsAndSquares(count: Int) {
    let row = (0..<count).map { Double($0 * $0) }
    let other = (0..<count + 2).map { Double($0) }
    var totals = Array(repeating: 1.0, count: count)
    ResampleRows.add(row, 0..<count, to: &totals)
    #expect(totals == row.map { $0 + 1 })
    let squares = ResampleRows.sumOfSquaredDifferences(row, 0..<count, other, 2..<count + 2)
    #expect(squares == zip(row, other.dropFirst(2)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) })
  }
}
