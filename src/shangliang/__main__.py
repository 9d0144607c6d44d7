import sys

from shangliang.site.cli import main

sys.exit(main())
