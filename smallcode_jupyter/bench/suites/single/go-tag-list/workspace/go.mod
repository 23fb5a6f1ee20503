module example.com/tag-list

go 1.21
