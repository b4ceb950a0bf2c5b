import Kernels

/// How the returns of strategies move together, bar by bar.
///
/// Formula: ρᵢⱼ = Σ(xᵢ - m₁ᵢ)(xⱼ - m₁ⱼ)/(n·√(m₂ᵢ·m₂ⱼ)) over all n bars, Pearson's.
///
/// Shapes and units: N strategies of a source, of which M stand in the matrix; correlations have no unit, means and
/// deviations are per bar.
///
/// Edge cases: a strategy without variance (that of ``SpreadRounding``) or with a return that is not
/// finite is left out and counted. A correlation that is 1 or -1 but for rounding is exactly that, so copies are
/// copies. Of more than ``maximumStrategies`` strategies, and on very many bars of fewer, an evenly spread sample is
/// looked at: ``sample(of:atMost:)``.
///
/// Reference: Pearson 1895.
public struct CorrelationMatrix: Equatable, Sendable {
  /// Up to so many strategies all are looked at: on one core correlations over 2,500 bars take 0.1 s and the
  /// eigenvalues 0.06 s, which grow with the square and the cube.
  public static let maximumStrategies = 1_000
  /// The returns that are held at once, 128 MiB of them: where strategies have more than 16,777 bars, fewer of them
  /// are looked at.
  public static let maximumReturns = 1 << 24

  /// n, the bars of every strategy.
  public let bars: Int
  /// N, the strategies that could be looked at, and were or not.
  public let population: Int
  /// The numbers of the strategies that stand in the matrix, ascending: the order of its rows.
  public let strategies: [Int]
  /// Strategies that were looked at and have no correlations.
  public let leftOut: Int
  /// The mean return of each strategy that stands.
  public let means: [Double]
  /// The standard deviation (n - 1) of each strategy that stands.
  public let deviations: [Double]
  /// M × M correlations, symmetric, 1 on the diagonal.
  public let values: [Double]

  /// M, the strategies that stand in the matrix.
  public var count: Int { strategies.count }

  /// The correlations of the strategies of `source`, or of a sample of them; the same for any number of threads.
  ///
  /// - Parameter candidates: the numbers of the strategies that there are for it, ascending; all unless said. The others
  ///   leave no trace.
  public init(
    _ source: some ReturnSource, among candidates: [Int]? = nil, threads: Int,
    maximumStrategies: Int = CorrelationMatrix.maximumStrategies
  ) {
    let bars = source.bars
    let affordable = max(Self.maximumReturns / max(bars, 1), 2)
    let places = Self.sample(
      of: candidates?.count ?? source.strategies, atMost: min(maximumStrategies, affordable))
    let sample = candidates.map { candidates in places.map { candidates[$0] } } ?? places
    let columns = StandardColumns(source, strategies: sample, threads: threads)
    let products = SymmetricMatrix.gram(columns.values, count: sample.count, length: bars)
    let standing = sample.indices.filter { columns.moments[$0] != nil }
    let moments = columns.moments.compactMap { $0 }
    self.bars = bars
    population = candidates?.count ?? source.strategies
    strategies = standing.map { sample[$0] }
    leftOut = sample.count - standing.count
    means = moments.map(\.mean)
    deviations = moments.map { $0.variance.squareRoot() }
    let rounding = SpreadRounding.double.part(count: Double(bars))
    values = standing.flatMap { row in
      standing.map { column in
        let product = products[row * sample.count + column]
        return row == column ? 1 : 1 - product.magnitude <= rounding ? product > 0 ? 1 : -1 : product
      }
    }
  }

  private init(_ whole: CorrelationMatrix, positions: [Int]) {
    bars = whole.bars
    population = whole.population
    strategies = positions.map { whole.strategies[$0] }
    leftOut = whole.leftOut
    means = positions.map { whole.means[$0] }
    deviations = positions.map { whole.deviations[$0] }
    values = positions.flatMap { row in positions.map { whole.values[row * whole.count + $0] } }
  }

  /// At most `limit` of the numbers 0 ..< `count`, ascending: all, or one of each of `limit` stretches that are equally
  /// long.
  ///
  /// Formula: number i lies in i·count/limit ..< (i + 1)·count/limit, bounds rounded down; which one it is was drawn once
  /// for all. Grids repeat themselves along an index, and a fixed step would meet the same part of every repetition:
  /// of 20 groups that alternate, a step of 2 sees 10.
  public static func sample(of count: Int, atMost limit: Int) -> [Int] {
    guard count > limit else { return Array(0..<count) }
    return (0..<max(limit, 0)).map { stretch in
      let first = stretch * count / limit
      var random = RandomStream(seed: 0, purpose: .sample, index: UInt64(stretch))
      return first + random.integer(below: (stretch + 1) * count / limit - first)
    }
  }

  /// The matrix of at most `limit` of the strategies that stand, evenly spread.
  public func sample(atMost limit: Int) -> CorrelationMatrix {
    count > limit ? CorrelationMatrix(self, positions: Self.sample(of: count, atMost: limit)) : self
  }

  /// The eigenvalues, the largest first: the share of all variance that each independent direction carries, times M.
  ///
  /// Edge cases: with no more bars than strategies, those from the n-th on are 0 but for rounding.
  public func eigenvalues() -> [Double] {
    SymmetricMatrix.eigenvalues(values, size: count)
  }
}

/// The returns of some strategies of a source, each centred and of length 1, so that their inner products are
/// correlations.
private struct StandardColumns {
  /// A column after another; zeros for one that does not stand.
  var values: [Double] = []
  /// Of the returns as they were; `nil` for a column that does not stand.
  var moments: [ReturnMoments?] = []

  init<Source: ReturnSource>(_ source: Source, strategies: [Int], threads: Int) {
    let bars = source.bars
    let starts = Self.starts(strategies, tiles: ReturnTile.tiles(strategies: source.strategies))
    values = DisjointSlots.fill(count: strategies.count * bars, repeating: 0.0) { values in
      moments = DisjointSlots.fill(count: strategies.count, repeating: nil as ReturnMoments?) { moments in
        source.forEachTile(Source.tiles(of: strategies), threads: threads) {
          0
        } body: { _, tile in
          for index in starts[tile.number]..<starts[tile.number + 1] {
            var column = tile.column(strategies[index] - tile.firstStrategy)
            let found = ReturnMoments(column)
            guard Self.varies(found) else { continue }
            let length = (found.populationVariance * Double(bars)).squareRoot()
            for bar in column.indices { column[bar] = (column[bar] - found.mean) / length }
            values.write(column, from: index * bars)
            moments.write(found, at: index)
          }
        }
      }
    }
  }

  /// For each tile, and for the end, where its strategies begin among `strategies`, which ascend.
  private static func starts(_ strategies: [Int], tiles: Int) -> [Int] {
    var starts = Array(repeating: 0, count: tiles + 1)
    for strategy in strategies { starts[strategy / ReturnTile.width + 1] += 1 }
    for tile in starts.indices.dropFirst() { starts[tile] += starts[tile - 1] }
    return starts
  }

  /// Whether a column has a variance, so that the same strategies are left out everywhere.
  private static func varies(_ moments: ReturnMoments) -> Bool {
    let variance = moments.populationVariance
    return variance > 0 && (variance + moments.mean * moments.mean).isFinite
  }
}
