import Testing

@testable import Pipeline

@Suite struct FetchedPartsTests {
  private struct Missing: Error {}

  @Test("parts are taken in order, each fetched once", arguments: [1, 2, 3], [0, 1, 2, 5])
  func inOrder(threads: Int, count: Int) throws {
    let fetches = (0..<count).map { number in { @Sendable () throws -> Int in number * number } }
    var taken: [Int] = []
    try FetchedParts.forEach(fetches, threads: threads) { taken.append($0) }
    #expect(taken == (0..<count).map { $0 * $0 })
  }

  @Test("what comes before a part that cannot be fetched is taken", arguments: [1, 2])
  func failure(threads: Int) {
    let fetches: [@Sendable () throws -> Int] = [{ 1 }, { 2 }, { throw Missing() }, { 4 }]
    var taken: [Int] = []
    #expect(throws: Missing.self) {
      try FetchedParts.forEach(fetches, threads: threads) { taken.append($0) }
    }
    #expect(taken == [1, 2])
  }
}
