import Statistics
import Testing

/// Figures of NumPy and SciPy on what is known of the best of many; returns and resamples are those of
/// ``BootstrapFigures``.
enum SelectionFigures {
  static func values(_ group: String, _ name: String, _ key: String) throws -> [Double] {
    try BootstrapFigures.texts(group, name, key, in: "selection").map { try #require(Double($0)) }
  }

  static func integers(_ group: String, _ name: String, _ key: String) throws -> [Int] {
    try values(group, name, key).map { Int($0) }
  }

  /// The first look at a matrix.
  static func snooping(_ name: String, threads: Int = 1) throws -> DataSnooping<ReturnMatrix> {
    let returns = try BootstrapFigures.matrix(name)
    return try DataSnooping(
      returns, resamples: BootstrapFigures.resamples(bars: returns.bars), threads: threads)
  }

  /// Sums of some thousand terms in another order, and what is made of them.
  static let near = 1e-9
}
