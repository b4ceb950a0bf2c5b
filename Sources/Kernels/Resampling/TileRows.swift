/// Loops over the rows of a tile, a bar each with its strategies side by side.
public enum TileRows {
  /// Fills a tile with `count` columns of a matrix, from column `first` on, and the rest of each row with 0.
  ///
  /// - Parameters:
  ///   - values: the matrix, whose rows have `columns` cells.
  ///   - width: cells of a row of the tile.
  /// - Precondition: matrix and tile have as many rows, and the columns are there.
  public static func copy(
    _ values: [Double], columns: Int, from first: Int, count: Int, to tile: inout [Double], width: Int
  ) {
    precondition(first >= 0 && count >= 0 && first + count <= columns && count <= width, "columns of both")
    precondition(tile.count % width == 0 && values.count == tile.count / width * columns, "as many rows")
    unsafe values.withUnsafeBufferPointer { values in
      unsafe tile.withUnsafeMutableBufferPointer { tile in
        guard let values = values.baseAddress, let target = tile.baseAddress else { return }
        for bar in 0..<tile.count / width {
          let row = unsafe target + bar * width
          unsafe row.update(from: values + bar * columns + first, count: count)
          unsafe (row + count).update(repeating: 0, count: width - count)
        }
      }
    }
  }

  /// Sets `difference` to a tile less the number of `column` that belongs to each row.
  ///
  /// - Precondition: a number for each row.
  public static func subtract(
    _ column: [Double], from tile: [Double], width: Int, into difference: inout [Double]
  ) {
    precondition(tile.count == column.count * width, "a number for each row")
    if difference.count != tile.count { difference = tile }
    unsafe tile.withUnsafeBufferPointer { tile in
      unsafe difference.withUnsafeMutableBufferPointer { difference in
        for bar in column.indices {
          let number = column[bar]
          for cell in bar * width..<(bar + 1) * width { unsafe difference[cell] = unsafe tile[cell] - number }
        }
      }
    }
  }
}
