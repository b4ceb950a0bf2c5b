#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An open folder of the operating system, closed when it goes away, and what can be done in it by name.
///
/// Folders below it are opened one after another without following symbolic links, so that nothing outside is reached,
/// whoever may put a link in the way. `unsafe` covers C strings and the stream of a folder's entries, all of which live
/// until the call returns.
struct SystemFolder: ~Copyable {
  private let descriptor: Int32

  deinit { close(descriptor) }

  private init(descriptor: Int32) throws(SystemError) {
    guard descriptor >= 0 else { throw SystemError(code: errno) }
    self.descriptor = descriptor
  }

  /// Opens the folder at `path`, links followed: where a user's own path leads is the user's choice.
  init(path: String) throws(SystemError) {
    try self.init(descriptor: unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
  }

  /// Opens the folder that `names` lead to, one below another, from the one at `root`.
  ///
  /// - Throws: ``SystemError/notOrdinary`` where a link stands among them.
  init(names: [String], below root: String) throws(SystemError) {
    var folder = try SystemFolder(path: root)
    for name in names { folder = try folder.folder(name) }
    self = folder
  }

  /// Opens the folder `name` of this one.
  ///
  /// - Throws: ``SystemError/notOrdinary`` where something else stands there, a link to a folder included.
  private borrowing func folder(_ name: String) throws(SystemError) -> SystemFolder {
    let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    do throws(SystemError) {
      return try SystemFolder(descriptor: unsafe openat(descriptor, name, flags))
    } catch  where error.code == ENOTDIR || error.code == ELOOP {
      throw .notOrdinary
    }
  }

  /// Removes every file of the folder that `names` lead to, one below another, and then those folders of the chain that
  /// are empty. A link among the files is removed itself.
  ///
  /// - Throws: the reason for the first file that stays; that a folder is missing is none.
  borrowing func removeFiles(below names: ArraySlice<String>) throws(SystemError) {
    guard let name = names.first else {
      for entry in try entries() where unsafe unlinkat(descriptor, entry, 0) != 0 {
        throw SystemError(code: errno)
      }
      return
    }
    do throws(SystemError) {
      try folder(name).removeFiles(below: names.dropFirst())
    } catch  where error.code == ENOENT {
      return
    }
    // A folder that is not empty stays.
    _ = unsafe unlinkat(descriptor, name, AT_REMOVEDIR)
  }

  /// Waits for nobody: whether this process now has the folder for itself, or shares it with others that share.
  ///
  /// The claim ends with this value, or with the process. Where the file system has no such claims, each is granted.
  borrowing func claim(isShared: Bool) -> Bool {
    while flock(descriptor, (isShared ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0 {
      if errno == EINTR { continue }
      return errno != EWOULDBLOCK
    }
    return true
  }

  private borrowing func entries() throws(SystemError) -> [String] {
    // The stream takes the descriptor that it is made of with it.
    guard let stream = unsafe fdopendir(openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)) else {
      throw SystemError(code: errno)
    }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
        unsafe String(cString: UnsafeRawPointer(name).assumingMemoryBound(to: CChar.self))
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }
}
