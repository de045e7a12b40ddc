#!/bin/sh
# Copies the office files to the disk in the cellar every evening.
set -eu
rsync --archive --delete /srv/office/ /mnt/cellar/office/
date >> /mnt/cellar/last-backup.txt
