import COpenBLAS

/// Products of a matrix with itself and the eigenvalues of what they make: BLAS's `syrk` and LAPACK's `syevd`.
///
/// Each call runs on the thread that makes it, so its bits depend on nothing but its arguments.
public enum SymmetricMatrix {
  /// The inner products of `count` vectors with each other, a `count` × `count` matrix: AᵀA for the vectors as A's
  /// columns.
  ///
  /// - Parameter vectors: one after another, each of `length` numbers.
  /// - Precondition: there are `count · length` numbers.
  public static func gram(_ vectors: [Double], count: Int, length: Int) -> [Double] {
    precondition(count >= 0 && length >= 0 && vectors.count == count * length, "vectors of one length")
    var products = Array(repeating: 0.0, count: count * count)
    guard count > 0, length > 0 else { return products }
    OpenBLAS.selectOnce()
    unsafe vectors.withUnsafeBufferPointer { source in
      unsafe products.withUnsafeMutableBufferPointer { target in
        guard let from = source.baseAddress, let to = target.baseAddress else { return }
        // The part on and above the diagonal.
        unsafe cblas_dsyrk(
          CblasRowMajor, CblasUpper, CblasNoTrans, Int32(count), Int32(length), 1, from, Int32(length), 0,
          to, Int32(count))
      }
    }
    for row in 1..<max(count, 1) {
      for column in 0..<row { products[row * count + column] = products[column * count + row] }
    }
    return products
  }

  /// The eigenvalues of a symmetric matrix, the largest first.
  ///
  /// All are NaN where a cell is not finite, and where the iteration does not converge.
  ///
  /// - Parameter matrix: `size` × `size` cells; the upper triangle counts.
  /// - Precondition: there are `size²` cells.
  public static func eigenvalues(_ matrix: [Double], size: Int) -> [Double] {
    precondition(size >= 0 && matrix.count == size * size, "a square matrix")
    let undefined = Array(repeating: Double.nan, count: size)
    guard size > 0, matrix.allSatisfy(\.isFinite) else { return undefined }
    OpenBLAS.selectOnce()
    var cells = matrix
    var values = undefined
    // LAPACK says how much room makes it fastest when it is asked with a length of -1.
    var best = [0.0]
    var bestOfIntegers: [Int32] = [0]
    var status = unsafe solve(size, &cells, &values, &best, length: -1, &bestOfIntegers, integers: -1)
    guard status == 0 else { return undefined }
    var work = Array(repeating: 0.0, count: Int(best[0]))
    var integers = Array(repeating: Int32(0), count: Int(bestOfIntegers[0]))
    status = unsafe solve(
      size, &cells, &values, &work, length: work.count, &integers, integers: integers.count)
    return status == 0 ? values.reversed() : undefined
  }

  private static func solve(
    _ size: Int, _ cells: UnsafeMutablePointer<Double>, _ values: UnsafeMutablePointer<Double>,
    _ work: UnsafeMutablePointer<Double>, length: Int, _ integerWork: UnsafeMutablePointer<Int32>,
    integers: Int
  ) -> Int32 {
    // Values alone. LAPACK counts by columns: its lower triangle is our upper one.
    var (job, triangle) = (CChar(UInt8(ascii: "N")), CChar(UInt8(ascii: "L")))
    var (n, lengthOfWork, lengthOfIntegers) = (Int32(size), Int32(length), Int32(integers))
    var leadingDimension = n
    var status: Int32 = 0
    unsafe dsyevd_(
      &job, &triangle, &n, cells, &leadingDimension, values, work, &lengthOfWork, integerWork,
      &lengthOfIntegers, &status, 1, 1)
    return status
  }
}
