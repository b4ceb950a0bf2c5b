import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// What a second process is told while one is at work in its directory.
@Suite struct ClaimTests {
  /// An open folder with a claim on it, as a run at work has it.
  private struct Held: ~Copyable {
    private let descriptor: Int32

    init(_ path: String, isShared: Bool = false) {
      descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      _ = flock(descriptor, isShared ? LOCK_SH : LOCK_EX)
    }

    deinit { close(descriptor) }
  }

  @Test(arguments: [
    "sweep --count 12 --bootstrap 20 --blocks 4 --output r", "trials --trials 2 --count 5 --output r",
    "stats returns.csv --bootstrap 0 --output r", "sweep --count 12 --shard 1/2 --output r",
    "visualize --store r",
  ])
  func theSecondIsRefused(command: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("a,b\n0.1,0.2\n-0.1,0.1\n0.2,0.3\n0.1,-0.2\n", as: "returns.csv")
    try FileManager.default.createDirectory(atPath: "\(folder.path)/r", withIntermediateDirectories: true)
    let held = Held("\(folder.path)/r")
    let ending = try Program.run(command, in: folder.path)
    #expect(ending.status == 75)
    #expect(
      ending.error
        == "fluke: r: another run is at work there, expected one at a time; wait for its end or choose another directory\n"
    )
    #expect(try folder.files(below: "r").isEmpty)
    withExtendedLifetime(held) {}
  }

  @Test func shardsOfARunShareAStore() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: "\(folder.path)/r", withIntermediateDirectories: true)
    let held = Held("\(folder.path)/r", isShared: true)
    let shard = "sweep --count 130 --bootstrap 20 --blocks 4 --output r --shard 1/2"
    #expect(try Program.run(shard, in: folder.path).status == 0)
    let whole = "sweep --count 130 --bootstrap 20 --blocks 4 --output r"
    #expect(try Program.run(whole, in: folder.path).status == 75)
    withExtendedLifetime(held) {}
  }
}
