/// The lines of a file's rows. Most rows follow one another, so that a few entries tell all.
struct RowLines {
  private var runs: [(row: Int, line: Int)] = []
  private(set) var count = 0

  /// Adds a row, which is the next one.
  mutating func append(_ line: Int) {
    if let last = runs.last, last.line + count - last.row == line {
      count += 1
      return
    }
    runs.append((count, line))
    count += 1
  }

  /// The line of row `row`, counted from 0.
  subscript(row: Int) -> Int {
    var low = 0
    var high = runs.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if runs[middle].row <= row { low = middle } else { high = middle }
    }
    return runs[low].line + row - runs[low].row
  }
}
