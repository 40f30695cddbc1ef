"""What all tests share: no display is needed unless QT_QPA_PLATFORM asks for one."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
