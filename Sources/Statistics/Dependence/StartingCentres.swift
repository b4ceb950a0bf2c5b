import Glibc
import Kernels

/// Where a run of k-means starts: points that greedy k-means++ draws as centres.
///
/// A centre is one of 2 + ln k points that are drawn with probability in proportion to their squared distance to the
/// nearest centre: that which leaves the smallest sum of them.
///
/// Reference: Arthur & Vassilvitskii 2007, "k-means++: the advantages of careful seeding".
struct StartingCentres {
  private let squares: PointRows
  private let points: Int
  /// Each point's squared distance to the nearest centre.
  private var nearest: [SIMD8<Double>]
  /// For each point the sum of these up to it, one after the other.
  private var running: [Double]

  /// Memory for draws among the points of `distances`.
  init(_ distances: StrategyDistances) {
    squares = distances.squares
    points = distances.count
    nearest = Array(repeating: SIMD8(), count: squares.width)
    running = Array(repeating: 0, count: distances.count)
  }

  /// `count` centres; `nil` where fewer points are distinct.
  mutating func draw(_ count: Int, from random: inout RandomStream) -> [Int]? {
    let first = random.integer(below: points)
    for group in nearest.indices { nearest[group] = squares.lanes[first * squares.width + group] }
    var centres = [first]
    let candidates = 2 + Int(log(Double(count)))
    while centres.count < count {
      guard let centre = next(candidates, from: &random) else { return nil }
      centres.append(centre)
    }
    return centres
  }

  /// The best of some candidates, whose distances count from then on; `nil` where all points are centres or copies of one.
  private mutating func next(_ candidates: Int, from random: inout RandomStream) -> Int? {
    let total = nearest.reduce(SIMD8(), +).sum()
    guard total > 0 else { return nil }
    addUp()
    var best: (centre: Int, sum: Double)?
    for _ in 0..<candidates {
      let candidate = point(at: random.uniform() * total)
      let sum = sum(with: candidate)
      if sum < best?.sum ?? .infinity { best = (candidate, sum) }
    }
    guard let best else { return nil }
    PointClusters.keepSmaller(&nearest, squares.lanes, row: best.centre * squares.width)
    return best.centre
  }

  private mutating func addUp() {
    var sum = 0.0
    for (group, lanes) in nearest.enumerated() {
      for lane in 0..<min(8, points - group * 8) {
        sum += lanes[lane]
        running[group * 8 + lane] = sum
      }
    }
  }

  /// The point at which the running sum passes `target`; the last that is at no centre where rounding keeps it below.
  private func point(at target: Double) -> Int {
    var (from, to) = (0, points)
    while from < to {
      let middle = (from + to) / 2
      if running[middle] > target { to = middle } else { from = middle + 1 }
    }
    if from < points { return from }
    return (0..<points).last { nearest[$0 / 8][$0 % 8] > 0 } ?? 0
  }

  /// The sum of the squared distances to the nearest centre if `candidate` were one.
  private func sum(with candidate: Int) -> Double {
    PointClusters.sumOfSmaller(nearest, squares.lanes, row: candidate * squares.width)
  }
}
