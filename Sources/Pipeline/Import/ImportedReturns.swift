import Statistics

/// Returns of strategies that were made elsewhere.
public struct ImportedReturns: Sendable, Equatable {
  /// The strategies' names, all different; their numbers from 0 where the file has none.
  public let names: [String]
  /// The bars' times in microseconds since 1970-01-01T00:00:00Z, strictly increasing, if the file gives them.
  public let timestamps: [Int64]?
  /// How the times were read, if the file gives them.
  public let times: TimesReport?
  /// Bars × strategies, finite, or NaN where a return is undefined; the numbers as the file has them.
  public let matrix: ReturnMatrix
  /// For each strategy how many of its returns are undefined.
  public let undefinedCounts: [Int]
  /// What the reader recognised and left out.
  public let reading: ReturnsReading

  /// The bars of every strategy, at least one.
  public var bars: Int { matrix.bars }
  /// The number of strategies, at least one.
  public var strategies: Int { matrix.strategies }
}

extension ImportedReturns {
  /// The returns of `matrix`, of which those that are undefined are counted here.
  init(
    names: [String], timestamps: [Int64]?, times: TimesReport?, matrix: ReturnMatrix, reading: ReturnsReading
  ) {
    var counts = Array(repeating: 0, count: matrix.strategies)
    for index in matrix.values.indices where matrix.values[index].isNaN {
      counts[index % matrix.strategies] += 1
    }
    self.init(
      names: names, timestamps: timestamps, times: times, matrix: matrix, undefinedCounts: counts,
      reading: reading)
  }
}

/// What a reader of returns recognised and left out.
public struct ReturnsReading: Sendable, Equatable {
  /// How the file spells numbers.
  public enum Spelling: String, Sendable {
    case points
    case decimalCommas
    case percentSigns
  }

  /// The rows that hold names.
  public internal(set) var headerRows = 0
  /// Whether these are rows of numbers, told from returns by how they are written.
  public internal(set) var hasNumbersForNames = false
  /// Cells with a word for a missing return, and how many there are, in words; `nil` if there are none.
  public internal(set) var missingCells: String?
  /// Whether the file is an array, which cannot have names.
  var isArray = false
  /// Columns that number the rows, which were left out.
  public internal(set) var rowNumbers: [String] = []
  /// The numbers of rows where they may be years as well: whole numbers from 1800 to 2199 that rise by 1.
  public internal(set) var perhapsYears: ClosedRange<Int>?
  /// A row that sums up those above it, which was left in.
  var total: TotalRow?
  /// Columns without a name and without a return, which were left out.
  public internal(set) var emptyColumns = 0
  /// Whether strategies have names in the file.
  public internal(set) var hasNames = false
  /// Whether the file gives a row a strategy, which was turned.
  public internal(set) var isTransposed = false
  /// Whether the file begins with its newest row, which was turned round.
  public internal(set) var isReversed = false
  /// How the file spells numbers.
  public internal(set) var spelling = Spelling.points
}
