import Kernels
import TestSupport
import Testing

@Suite struct MatrixProductTests {
  /// Whole numbers, so that every order of summation gives the same bits.
  @Test(arguments: [1, 3, 64], [(rows: 1, depth: 300), (5, 1), (16, 7), (257, 300), (256, 2)])
  func isTheSumOfProducts(columns: Int, shape: (rows: Int, depth: Int)) {
    let (rows, depth) = shape
    var generator = SeededGenerator(seed: 1)
    func whole(_ count: Int) -> [Double] {
      (0..<count).map { _ in Double(Int.random(in: -9...9, using: &generator)) }
    }
    let a = whole(depth * columns)
    let b = whole((rows + 2) * depth)
    var c = Array(repeating: Double.nan, count: columns * rows + 1)
    MatrixProduct.multiplyTransposed(a, columns: columns, by: b, rows: 2..<rows + 2, depth: depth, into: &c)
    for column in [0, columns / 2, columns - 1] {
      for row in [0, rows / 2, rows - 1] {
        let expected = (0..<depth).reduce(0) { $0 + a[$1 * columns + column] * b[(row + 2) * depth + $1] }
        #expect(c[column * rows + row] == expected)
      }
    }
    #expect(c[columns * rows].isNaN)
  }

  /// A return that is not a number spoils the row of its own strategy alone.
  @Test func undefinedCellsStayInTheirRow() {
    var a = Array(repeating: 1.0, count: 50 * 64)
    a[20 * 64 + 9] = .nan
    var c = Array(repeating: 0.0, count: 64 * 32)
    MatrixProduct.multiplyTransposed(
      a, columns: 64, by: Array(repeating: 1, count: 32 * 50), rows: 0..<32, depth: 50, into: &c)
    for lane in 0..<64 {
      #expect(c[lane * 32..<lane * 32 + 32].allSatisfy { lane == 9 ? $0.isNaN : $0 == 50 })
    }
  }
}
