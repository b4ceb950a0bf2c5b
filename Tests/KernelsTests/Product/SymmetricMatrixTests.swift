import Glibc
import Kernels
import TestSupport
import Testing

@Suite("Symmetric matrices")
struct SymmetricMatrixTests {
  static let shapes = [(0, 0), (3, 0), (0, 4), (1, 1), (2, 7), (17, 64), (65, 130), (130, 31)]

  @Test("inner products of whole numbers are exact", arguments: shapes)
  func gram(count: Int, length: Int) {
    var generator = SeededGenerator(seed: 1)
    let vectors = (0..<count * length).map { _ in Double(Int.random(in: -9...9, using: &generator)) }
    let expected = (0..<count * count).map { cell in
      (0..<length).reduce(0.0) {
        $0 + vectors[cell / count * length + $1] * vectors[cell % count * length + $1]
      }
    }
    #expect(SymmetricMatrix.gram(vectors, count: count, length: length) == expected)
  }

  /// Rounding: LAPACK's eigenvalues are off by a small multiple of the size and the norm, which is below 4.
  @Test("the second difference has the eigenvalues 2 - 2cos(kπ/(n + 1))", arguments: [1, 2, 5, 32, 33, 100])
  func secondDifference(size: Int) {
    let matrix = (0..<size * size).map { cell -> Double in
      switch abs(cell / size - cell % size) {
      case 0: 2
      case 1: -1
      default: 0
      }
    }
    let tolerance = Tolerance.rounding(absolute: 16 * Double(size + 8) * UnitRoundoff.double)
    let values = SymmetricMatrix.eigenvalues(matrix, size: size)
    #expect(values.count == size)
    for (index, value) in values.enumerated() {
      let angle = Double(size - index) * .pi / Double(size + 1)
      #expect(tolerance.accepts(value, 2 - 2 * cos(angle)))
    }
  }

  @Test("a diagonal matrix has its cells, the largest first; what is not finite has none")
  func edges() {
    #expect(SymmetricMatrix.eigenvalues([], size: 0) == [])
    #expect(SymmetricMatrix.eigenvalues([-3], size: 1) == [-3])
    #expect(SymmetricMatrix.eigenvalues([1, 0, 0, 0, 5, 0, 0, 0, -2], size: 3) == [5, 1, -2])
    for undefined in [Double.nan, .infinity] {
      let values = SymmetricMatrix.eigenvalues([undefined, 0, 0, 1], size: 2)
      #expect(values.count == 2 && values.allSatisfy { $0.isNaN })
    }
  }
}
