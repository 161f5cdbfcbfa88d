# Becomes a program that may write to a few folders only and does not see others. Runs as the root of a user namespace
# with mounts of its own; ends as the user it was, in a second namespace that has no power over these mounts. It is
# replaced step by step and never forks for good, so the program has the process id that the first shell had.
#
#   sh -c "$(cat confine.sh)" name USER GROUP RUN WRITABLE... : HIDDEN... : PROGRAM...
#
# RUN: `covered` where nothing below /run is needed but the addresses of name servers, else `open`.
set -efu
user=$1 group=$2 run=$3
shift 3
newline='
'

# Of namespaces of users, the program's own is the last. So nothing in it gets power over any mounts, and all that it
# ever starts can be told by these.
{ echo 1 > /proc/sys/user/max_user_namespaces; } 2>/dev/null || :

# Only the devices that every program may have: the machine's disks are files too, and root may write to them.
mount -n -t tmpfs -o mode=755,size=64k tmpfs /tmp
for device in null zero full random urandom; do
  : > "/tmp/$device"
  mount -n --bind "/dev/$device" "/tmp/$device"
done
ln -s /proc/self/fd /tmp/fd
mount -n --move /tmp /dev

# Sockets are no files to a read-only mount: behind them other programs of this user do what they are asked.
if [ "$run" = covered ] && [ -d /run ]; then
  mount -n -t tmpfs -o mode=755,size=64k tmpfs /tmp
  if [ -d /run/systemd/resolve ]; then
    mkdir -p /tmp/systemd/resolve
    mount -n --rbind /run/systemd/resolve /tmp/systemd/resolve
  fi
  mount -n --move /tmp /run
fi

# A mount of its own keeps a folder writable when all others are made read-only.
writable=/proc
while [ "$1" != : ]; do
  mount -n --rbind "$1" "$1"
  writable="$writable$newline$1"
  shift
done
shift

# What a process writes about itself lies beside what rules the machine.
for rules in /proc/sys /proc/sysrq-trigger /proc/irq /proc/bus; do
  if [ -e $rules ]; then mount -n --rbind $rules $rules; fi
done

may_stay_open() { # path
  local IFS="$newline" folder
  for folder in $writable; do
    case $1 in
      "$folder") return 0 ;;
      /proc/*) ;;
      "$folder"/*) return 0 ;;
    esac
  done
  return 1
}

# The system writes three octal digits for a space and the like; printf wants a zero before them.
plain() { # a mount point as the system writes it
  case $1 in
    *\\*) printf '%b' "$(printf '%s' "$1" | sed 's/\\\([0-7]\{3\}\)/\\0\1/g')" ;;
    *) printf '%s' "$1" ;;
  esac
}

# Mounts may lie on one another, and only the uppermost can be changed: one of its lines must do.
closed=' ' open=
while read -r _ _ _ _ point options _; do
  path=$(plain "$point")
  if may_stay_open "$path" || [ ! -e "$path" ]; then continue; fi
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

# The folder that this was started in may lie under a mount that came later.
cd "$PWD" 2>/dev/null || cd /

# Only root keeps its powers over a new program.
powers=
if [ "$user" = 0 ]; then powers=--bounding-set=-all; fi
exec unshare --user --map-user="$user" --map-group="$group" -- setpriv --no-new-privs $powers -- "$@"
