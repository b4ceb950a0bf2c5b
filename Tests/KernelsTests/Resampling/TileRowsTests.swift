import Kernels
import Testing

@Suite struct TileRowsTests {
  private static let matrix: [Double] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]

  @Test(arguments: [0, 1, 3])
  func copiesColumnsAndPadsThem(count: Int) {
    var tile = Array(repeating: -1.0, count: 2 * 4)
    TileRows.copy(Self.matrix, columns: 5, from: 2, count: count, to: &tile, width: 4)
    let padding = Array(repeating: 0.0, count: 4 - count)
    #expect(tile == Self.matrix[2..<2 + count] + padding + Self.matrix[7..<7 + count] + padding)
  }

  @Test func subtractsFromEachRow() {
    var difference: [Double] = []
    for _ in 0..<2 {
      TileRows.subtract([1, 10], from: Self.matrix, width: 5, into: &difference)
      #expect(difference == [0, 1, 2, 3, 4, -4, -3, -2, -1, 0])
    }
  }
}
