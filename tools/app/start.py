"""Where the program for people without Python starts. PyInstaller reads this file; nothing imports it."""

import multiprocessing

if __name__ == "__main__":
    multiprocessing.freeze_support()  # a helper process of ours is this program once more, and goes no further
    from charterkit.cli.unpacked import main

    main()
