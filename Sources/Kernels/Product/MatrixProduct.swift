import COpenBLAS

/// Products of matrices that stand in arrays, on the calling thread.
public enum MatrixProduct {
  /// `c = aᵀ·bᵀ`, row-major: `a` is depth × columns, `b` has rows of `depth`, `c` is columns × rows.
  ///
  /// The bits of a cell depend on the shape of the product, so whoever splits work keeps to one shape and pads
  /// the last part. Sums of integers below 2⁵³ are exact in any shape.
  ///
  /// - Parameter rows: the rows of `b` that take part.
  /// - Precondition: the arrays hold the cells of their shapes; `c` may be longer.
  public static func multiplyTransposed(
    _ a: [Double], columns: Int, by b: [Double], rows: Range<Int>, depth: Int, into c: inout [Double]
  ) {
    precondition(columns >= 1 && depth >= 1 && rows.lowerBound >= 0, "a product of something")
    precondition(a.count >= depth * columns && b.count >= rows.upperBound * depth, "cells for the shapes")
    precondition(c.count >= columns * rows.count, "room for the product")
    guard !rows.isEmpty else { return }
    OpenBLAS.selectOnce()
    unsafe a.withUnsafeBufferPointer { a in
      unsafe b.withUnsafeBufferPointer { b in
        unsafe c.withUnsafeMutableBufferPointer { c in
          guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress else { return }
          unsafe cblas_dgemm(
            CblasRowMajor, CblasTrans, CblasTrans, Int32(columns), Int32(rows.count), Int32(depth), 1, a,
            Int32(columns), b + rows.lowerBound * depth, Int32(depth), 0, c, Int32(rows.count))
        }
      }
    }
  }
}
