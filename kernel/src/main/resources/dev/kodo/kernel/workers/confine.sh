# Becomes a program that may write to a few folders only and does not see others. Runs as the root of a user namespace
# with mounts of its own; ends as the user it was, in a second namespace that has no power over these mounts. It is
# replaced step by step and never forks for good, so the program has the process id that the first shell had.
#
#   sh -c "$(cat confine.sh)" name USER GROUP WRITABLE... : HIDDEN... : PROGRAM...
set -efu
user=$1 group=$2
shift 2

# Only the devices that every program may have: the machine's disks are files too, and root may write to them.
mount -n -t tmpfs -o mode=755,size=64k tmpfs /tmp
for device in null zero full random urandom; do
  : > "/tmp/$device"
  mount -n --bind "/dev/$device" "/tmp/$device"
done
ln -s /proc/self/fd /tmp/fd
mount -n --move /tmp /dev

# A mount of its own keeps a folder writable when all others are made read-only.
writable='|/proc|'
while [ "$1" != : ]; do
  mount -n --bind "$1" "$1"
  writable="$writable$1|"
  shift
done
shift

# What a process writes about itself lies beside what rules the machine.
for rules in /proc/sys /proc/sysrq-trigger /proc/irq /proc/bus; do
  if [ -e $rules ]; then mount -n --bind $rules $rules; fi
done

# Mounts may lie on one another, and only the uppermost can be changed: one of its lines must do.
closed=' ' open=
while read -r _ _ _ _ point options _; do
  path=$(printf '%b' "$point")
  case $writable in *"|$path|"*) continue ;; esac
  [ -e "$path" ] || continue
  if mount -n -o "remount,bind,ro,${options#r[wo]}" "$path" 2>/dev/null; then
    closed="$closed$point "
  else
    open="$open $point"
  fi
done < /proc/self/mountinfo
for point in $open; do
  case $closed in
    *" $point "*) ;;
    *)
      echo "$point cannot be made read-only" >&2
      exit 76
      ;;
  esac
done

while [ "$1" != : ]; do
  if [ -d "$1" ]; then
    mount -n -t tmpfs -o ro,mode=0,size=4k tmpfs "$1"
  elif [ -e "$1" ]; then
    mount -n --bind /dev/null "$1"
  fi
  shift
done
shift

# Only root keeps its powers over a new program.
powers=
if [ "$user" = 0 ]; then powers=--bounding-set=-all; fi
exec unshare --user --map-user="$user" --map-group="$group" -- setpriv --no-new-privs $powers -- "$@"
