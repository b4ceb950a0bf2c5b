/// That this process is at work in a store, or in a folder of it: others are refused for as long as the value lives, and no
/// longer than the process.
public final class StoreClaim: Sendable {
  private let folder: SystemFolder
  private let made: [String]

  /// Claims the folder that `names` lead to from `root`. It is made where there is none, and goes again with the claim if
  /// it is empty then.
  ///
  /// - Parameter isShared: whether others that share may be at work too.
  /// - Throws: ``StoreError/busy(place:)``, ``StoreError/cannotCreate(path:_:)``.
  init(_ names: [String], below root: String, isShared: Bool) throws(StoreError) {
    let path = ([root] + names).joined(separator: "/")
    made = try AtomicFile.makeFolders(path)
    do { folder = try SystemFolder(names: names, below: root) } catch {
      throw .cannotCreate(path: path, error)
    }
    guard folder.claim(isShared: isShared) else { throw .busy(place: path) }
  }

  deinit {
    for folder in made.reversed() where !SystemFile.removeFolder(path: folder) { break }
  }
}
